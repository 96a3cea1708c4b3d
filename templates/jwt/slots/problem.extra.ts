/** For a 401: a challenge that says more than the general one. */
readonly challenge?: string;
