import type { Answers } from '../options/answers.ts';
import type { Feature } from './feature.ts';
import { drawHmacSecret, drawSigningKey } from './secrets.ts';

const usesJwt = ({ auth }: Answers): boolean => auth !== 'session';

export const usesKeyPairs = (answers: Answers): boolean =>
  usesJwt(answers) && answers.jwtAlgorithm !== 'HS256';

export const jwtFeatures: readonly Feature[] = [
  {
    id: 'jwt',
    when: usesJwt,
    items: ({ auth }) => ({
      'index.paths': [auth === 'both' ? '"/auth/token"' : '"/auth/login"', '"/auth/refresh"'],
      'test.signIn': auth === 'both' ? [] : ['signInForTokens'],
      'test.signInPaths': [auth === 'both' ? '"/auth/token"' : '"/auth/login"'],
      'schema.kinds': ['"token"'],
      'log.attacks': ['"token.reused"'],
      'log.sensitive': ['"accessToken"', '"refreshToken"'],
      'auth.challenges': ['BEARER_CHALLENGE'],
      'accessTest.challenges': ['Bearer realm="api"'],
      'accessTest.others': [auth === 'both' ? ', Cookie realm="api", cookie-name="sid"' : ''],
      'auth.reader': auth === 'both' ? [] : ['bearer.read'],
      'errors.challenges': ['challengesFor(problem, challenges)'],
      'logout.names': ['bearer', 'refreshTokens'],
      'tokenRoutes.path': [auth === 'both' ? 'token' : 'login'],
      'cors.allowedHeaders': ['"Authorization"'],
      'tokenRoutes.names': ['config', 'log', 'signIn', 'accessTokens', 'refreshTokens'],
      'tokenRoutes.bodyNames': ['subject'],
      'bearer.parameters': ['accessTokens: AccessTokens'],
      'readme.signIn': ['access tokens (JWT) and refresh tokens'],
      'readme.credential': auth === 'both' ? [] : ['-H "Authorization: Bearer $TOKEN"'],
      'readme.keyLife': ['access tokens after `ACCESS_TOKEN_TTL` (10 minutes)'],
      'readme.authFolder': ['tokens'],
      'readme.fetchOptions':
        auth === 'both' ? [] : [`headers: { Authorization: "Bearer " + accessToken }`],
    }),
    env: [
      {
        name: 'JWT_ISSUER',
        comment: 'Who issues the access tokens (iss).',
        fallback: ({ name }) => name,
      },
      {
        name: 'JWT_AUDIENCE',
        comment: 'Whom they are for (aud).',
        fallback: ({ name }) => name,
      },
      {
        name: 'ACCESS_TOKEN_TTL',
        comment: 'An access token is good for this long (seconds, a day at most).',
        fallback: '600',
      },
      {
        name: 'REFRESH_TOKEN_TTL',
        comment: 'A user stays signed in at most this long (seconds).',
        fallback: '2592000',
      },
      {
        name: 'REFRESH_IDLE_TTL',
        comment: 'A refresh token that is not used for this long is dead (seconds).',
        fallback: '604800',
      },
      {
        name: 'REFRESH_LEEWAY',
        comment:
          'A used refresh token may come again this long without ending its family (seconds).',
        fallback: '0',
      },
    ],
  },
  {
    id: 'jwt-hs256',
    when: (answers) => usesJwt(answers) && answers.jwtAlgorithm === 'HS256',
    dependencies: ['jsonwebtoken'],
    devDependencies: ['@types/jsonwebtoken'],
    items: { secretNames: ['JWT_SECRETS'] },
    env: [
      {
        name: 'JWT_SECRETS',
        comment:
          'Sign the access tokens. Comma separated: the first signs, all verify. At least 32 bytes each.',
        drawSecret: drawHmacSecret,
      },
    ],
  },
  {
    id: 'jwt-jose',
    when: usesKeyPairs,
    dependencies: ['jose'],
    items: { 'index.paths': ['"/.well-known/jwks.json"'] },
    env: [
      {
        name: 'JWT_PRIVATE_KEYS',
        comment:
          'Sign the access tokens. Comma separated: the first signs, all verify. Each the base64url of a private JWK.',
        drawSecret: drawSigningKey,
      },
    ],
  },
  { id: 'jwt-eddsa', when: (answers) => usesKeyPairs(answers) && answers.jwtAlgorithm === 'EdDSA' },
  { id: 'jwt-es256', when: (answers) => usesKeyPairs(answers) && answers.jwtAlgorithm === 'ES256' },
  {
    id: 'refresh-cookie',
    when: (answers) => usesJwt(answers) && answers.refreshTransport === 'cookie',
    dependencies: ['cookie'],
    items: {
      'logout.names': ['refreshCookie'],
      'tokenRoutes.names': ['logins', 'refreshCookie'],
      'tokenRoutes.read': ['refreshCookie.read(req)'],
      'refreshTest.missing': ['401'],
      'readme.kept': [
        'the access token; the refresh token comes in a cookie, which curl keeps in the file `$JAR`',
      ],
      'readme.jar': ['-b "$JAR" -c "$JAR" '],
      'readme.refreshWith': ['-b "$JAR" -X POST'],
      'readme.tokenAnswer': ['`{user, accessToken, tokenType, expiresIn}`, and the refresh cookie'],
      'security.cookieTests': ['`test/refresh-cookie.test.ts`'],
      'readme.refreshRequest': [''],
    },
  },
  {
    id: 'refresh-body',
    when: (answers) => usesJwt(answers) && answers.refreshTransport === 'body',
    items: {
      'tokenRoutes.read': ['readRefreshToken(req)'],
      'refreshTest.missing': ['400'],
      'readme.kept': ['the two tokens'],
      'readme.refreshWith': ['-H "$JSON" -d "{\\"refreshToken\\":\\"$REFRESH\\"}"'],
      'readme.tokenAnswer': ['`{user, accessToken, tokenType, expiresIn, refreshToken}`'],
      'readme.refreshRequest': [' `{refreshToken}`'],
      'readme.jar': [''],
      'tokenRoutes.bodyNames': ['refreshToken'],
    },
  },
  {
    id: 'revocation-expiry',
    when: (answers) => usesJwt(answers) && answers.revocation === 'expiry',
  },
  {
    id: 'revocation-instant',
    when: (answers) => usesJwt(answers) && answers.revocation === 'instant',
    items: {
      'bearer.parameters': ['logins: Logins'],
    },
  },
];
