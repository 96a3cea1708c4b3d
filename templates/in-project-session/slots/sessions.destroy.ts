// An open one would be stored once more after the answer.
if (req.session) await promised((done) => req.session.destroy(done));
else await promised((done) => store.destroy(id, done));
