{name}-wrong = { $subject } indique « { $observed } » : écrivez ici pourquoi cela compte.
{name}-wrong-remedy = Écrivez ici quoi faire.
