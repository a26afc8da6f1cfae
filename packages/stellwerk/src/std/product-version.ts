/** Version of this package, as in its package.json; a test keeps them equal. */
export const productVersion = '0.1.0'
