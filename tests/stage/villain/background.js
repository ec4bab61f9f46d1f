// Owns nothing; a background that tests may kill.
