/** The account, where a session says who it is: looking that up reads it anyway. */
readonly user?: PublicUser;
