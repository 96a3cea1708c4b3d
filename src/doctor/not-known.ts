/** The answer to a question that could not be asked: neither yes nor no. */
export class NotKnown {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}
