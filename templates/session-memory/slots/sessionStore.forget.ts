this.#data.delete(digest(sid));
