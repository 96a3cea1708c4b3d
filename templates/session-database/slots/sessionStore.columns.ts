data: logins.data,
