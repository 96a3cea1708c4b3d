this.#data.set(digest(sid), JSON.stringify(data));
