/** The command's own arguments or key files are unusable: exit status 2 (docs/command.md). */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
