no-record = the domain publishes no logo

logo-several = { $name } publishes { $count } BIMI records: receivers use none of them.
logo-several-remedy = Leave one of them and remove the others.
logo-malformed = The BIMI record at { $name } is not used: { $problem } (“{ $piece }”, character { $place }).
logo-malformed-remedy = Publish the record as v=BIMI1; l=https://…; a=https://…, or with an empty l= to show no logo.
