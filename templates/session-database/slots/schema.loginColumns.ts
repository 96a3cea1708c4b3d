/** What express-session keeps, as JSON. */
data: text("data"),
