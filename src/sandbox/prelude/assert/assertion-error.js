export class AssertionError extends Error { get name() { return 'AssertionError'; } }
export const facts = error => error instanceof AssertionError ? { method: error.method, actual: error.actual, expected: error.expected } : undefined;
