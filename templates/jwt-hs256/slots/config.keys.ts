/** They sign the access tokens. */
JWT_SECRETS: secretList(),
