await promised((done) => store.destroy(id, done));
