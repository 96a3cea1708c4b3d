readonly user: PublicUser;
