TRUST_PROXY: trustProxy(),
