{name}-wrong = { $subject } says “{ $observed }”: write here why that matters.
{name}-wrong-remedy = Write here what to do about it.
