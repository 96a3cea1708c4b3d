| "request.cross_site"
