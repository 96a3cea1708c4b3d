this.#data.delete(keyHash);
