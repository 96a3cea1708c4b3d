forwardRejections(app);
forwardRejections(guard);
