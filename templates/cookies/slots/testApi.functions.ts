
/** The name and value of a cookie that an answer sets. */
export function cookieOf(answer: Answer, name: string): string {
  const cookie = answer.setCookie.find((line) => line.startsWith(`${name}=`));
  if (!cookie) throw new Error(`no cookie ${name} in ${answer.setCookie.join("; ")}`);
  return cookie.split(";", 1)[0] ?? "";
}
