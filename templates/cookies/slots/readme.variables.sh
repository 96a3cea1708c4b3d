JAR=$(mktemp)
