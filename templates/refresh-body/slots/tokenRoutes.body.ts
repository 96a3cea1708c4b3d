refreshToken,
