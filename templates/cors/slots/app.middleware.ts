app.use(cors(isAllowedOrigin));
