/**
 * Who is who. `co.uk` is a public suffix: hosts below example.co.uk are one site, another.co.uk is a different one, and
 * only a browser that knows the list can tell.
 */
export const API = 'https://api.example.co.uk';
/** Of the same site, and one of the origins that the API allows. */
export const APP = 'https://app.example.co.uk';
/** Of the same site, and nobody that the API knows. */
export const SIBLING = 'https://blog.example.co.uk';
/** Of another site, and nobody that the API knows. */
export const STRANGER = 'https://another.co.uk';
/** Of another site, and allowed where the refresh token is in the body: the only way that works across sites. */
export const PARTNER = 'https://partner.org.uk';
