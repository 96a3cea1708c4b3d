declare const BUILD: string | undefined;

/**
 * Stands for the sources and templates that the bundle was built from: two programs of the same build make the same of
 * the same answers. Undefined where the program runs from its sources, which may change at any moment.
 */
export const build: string | undefined = typeof BUILD === 'string' ? BUILD : undefined;
