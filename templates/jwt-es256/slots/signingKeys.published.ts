// RFC 7515 A.3, RFC 7517 A.2, and the example of jwt.io
"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
"evZzL1gdAFr88hb2OF_2NxApJCzGCEDdfSp6VQO30hw",
