/** What is guessed first for this service, whoever the user is. */
{{constant "SERVICE_NAME" name}}
