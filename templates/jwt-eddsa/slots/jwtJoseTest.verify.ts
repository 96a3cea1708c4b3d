assert.ok(verify(null, input, key, signed));
