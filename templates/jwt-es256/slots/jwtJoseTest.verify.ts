assert.ok(verify("sha256", input, { key, dsaEncoding: "ieee-p1363" }, signed));
