no-record = the domain asks for no reports about TLS

reports-several = { $name } publishes { $count } records for TLS reports: senders follow none of them.
reports-several-remedy = Publish one record with every address.
reports-malformed = The record for TLS reports at { $name } is not followed: { $problem } (“{ $piece }”, character { $place }).
reports-malformed-remedy = Publish the record as v=TLSRPTv1; rua=mailto:ADDRESS.
