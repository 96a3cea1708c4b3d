const TOKEN =
  /(?<comment>\/\*[\s\S]*?(?:\*\/|$)|\/\/.*)|'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?|[^'"`{}/]+|[\s\S]/y;
const PATTERN = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y;
/** What a template literal has as it is: up to its end, or to code inside it. */
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;

/** After a value a slash divides; after all else a pattern begins, as far as can be told without a parser. */
const IS_VALUE = /(?:[\w$)\]'"`]|\+\+|--)\s*$/;
const IS_NO_VALUE = /\b(?:return|typeof|case|in|of|void|throw|else|await|yield)\s*$/;

/**
 * JavaScript or TypeScript with blanks for its comments, so that places stay. What looks like a comment in a string, a
 * template literal or a regular expression is none.
 */
export function withoutComments(text: string): string {
  /** For each template literal whose code we are in, how many braces are open there. */
  const open: number[] = [];
  let result = '';
  let last = '';
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = result.length;
    return pattern.exec(text);
  };
  while (result.length < text.length) {
    const divides = IS_VALUE.test(last) && !IS_NO_VALUE.test(last);
    const isPattern = !divides && text[result.length] === '/';
    const found = (isPattern && take(PATTERN)) || take(TOKEN);
    let token = found?.[0] ?? '';
    const comment = found?.groups?.comment;
    if (comment !== undefined) {
      result += comment.replace(/[^\r\n]/g, ' ');
      continue;
    }
    const depth = open.at(-1);
    const goesOn = token === '}' && depth === 0;
    if (goesOn) open.pop();
    else if (depth !== undefined && token === '{') open[open.length - 1] = depth + 1;
    else if (depth !== undefined && token === '}') open[open.length - 1] = depth - 1;
    if (goesOn || token === '`') {
      result += token;
      token = take(TEMPLATE)?.[0] ?? '';
      if (token.endsWith('{')) open.push(0);
    }
    result += token;
    if (token.trim() !== '') last = token;
  }
  return result;
}
