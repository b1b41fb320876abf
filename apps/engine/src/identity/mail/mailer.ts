/** The port to whatever sends e-mail. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text; links stand on lines of their own. */
  readonly text: string;
}

export interface Mailer {
  /** Resolves once the mail is in safe hands. */
  send(mail: Mail): Promise<void>;
}
