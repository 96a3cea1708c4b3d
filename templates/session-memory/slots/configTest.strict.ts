assert.match(refusalOf({ NODE_ENV: "" }) ?? "", /for production/);
