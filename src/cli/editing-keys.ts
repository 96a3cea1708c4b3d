/** What `prompts` does for each key of a question, by its own names; it leaves some keys out, and stores others. */
export interface EditableElement {
  /** The place in the text, or the choice. */
  cursor: number;
  /** The text, the choice, or the list of those that can be taken. */
  value: unknown;
  /** Whether what was sent off was refused, and nothing was typed since. */
  red?: boolean;
  readonly first: () => void;
  readonly last: () => void;
  readonly reset: () => void;
  readonly render: () => void;
  readonly bell: () => void;
  home?: () => void;
  end?: () => void;
  /** Whatever has no name. */
  _: (character: string | undefined, key: Key) => void;
}

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Makes Home and End work in a list. */
export function addListKeys(element: EditableElement): void {
  element.home = element.first;
  element.end = element.last;
}

/** Makes Home, End, Ctrl-U and Ctrl-W work in a text, and keeps every other key that is no character out of it. */
export function addTextKeys(element: EditableElement): void {
  addListKeys(element);
  const type = element._;
  element._ = (character, key) => {
    if (key.ctrl && key.name === 'u') {
      element.red = false;
      element.reset();
    } else if (key.ctrl && key.name === 'w') {
      deleteWord(element);
    } else if (character === undefined || /\p{Cc}/u.test(character)) {
      element.bell();
    } else {
      type.call(element, character, key);
    }
  };
}

function deleteWord(element: EditableElement): void {
  const { cursor } = element;
  const text = String(element.value);
  const kept = text.slice(0, cursor).replace(/\S*\s*$/, '');
  const left = `${kept}${text.slice(cursor)}`;
  element.red = false;
  if (left === '') {
    element.reset();
  } else {
    element.value = left;
    element.cursor = kept.length;
    element.render();
  }
}
