const shared = Object.fromEntries(NAMES.map((name) => [name, secret]));
assert.match(refusalOf(shared) ?? "", /twice/);
