forest-level-low = The forest { $subject } works at the level of { $observed }: it cannot be synchronised.
forest-level-low-remedy = Replace the controllers older than { $expected }, then raise the level of every domain and of the forest.
schema-low = The schema of { $subject } is of version { $observed }: it cannot be synchronised.
schema-low-remedy = Extend the schema to { $expected } or later with adprep, before the first controller of that version joins.
dotted-name = The short name of the domain { $subject } is “{ $observed }”: Microsoft Entra Connect does not support one with a full stop.
dotted-name-remedy = Synchronise from a domain whose short name has no full stop, and plan to move its accounts there.
exchange-schema-absent = The forest { $subject } has no Exchange schema: a hybrid deployment has nowhere to write back to.
exchange-schema-absent-remedy = Prepare the schema and the forest with the setup of the Exchange release that the hybrid deployment will use.
exchange-schema-old = The Exchange schema of { $subject } is of version { $observed }{ $name }: no hybrid deployment can be built on it.
exchange-schema-old-remedy = Prepare the schema and the forest with the setup of an Exchange release that supports hybrid deployments.
skype-schema-absent = The forest { $subject } has no Skype schema, although its domain is shared with a local server.
skype-schema-absent-remedy = Give the check the forest that holds the Skype servers too, or take the option back.

support-ended = { $subject } runs { $system }, whose support ended on { $date }.
support-ended-remedy = Add a controller of a supported release, move its roles there, and demote this one.
support-ends = { $subject } runs { $system }, whose support ends on { $date }, in { $days ->
    [0] less than a day.
    [one] one day.
   *[other] { $days } days.
}
support-ends-remedy = Plan its replacement before that day.
not-windows = { $subject } runs { $system }, not Windows Server: until when it is supported, Microsoft does not say.
not-windows-remedy = Ask whoever supplies it, and whether synchronisation is supported with it.
unknown-windows = { $subject } runs { $system }, which the table of { $dated } does not know.
unknown-windows-remedy = Look its end of support up, or use a newer table.
