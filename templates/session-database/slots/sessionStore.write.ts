await this.#update(sid, { data: JSON.stringify(data) });
