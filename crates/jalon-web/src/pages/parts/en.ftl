bad-choice = choose one of the list
bad-date = write a date as 2026-11-20
needed = this is needed
needed-date = a date is needed, such as 2026-11-20
owner = Owner
due = Due
nobody = Nobody
save = Save
cancel = Cancel
stale = Somebody changed this meanwhile:
stale-act = Save again to keep what you typed.
expected = Expected
observed = Observed
accepted-until = Waived until
done-assigned = Owner and due date saved
done-submitted = File handed in: somebody has to approve it
done-approved = Approval recorded
done-refused = Refusal recorded
done-claimed = Claimed as done: proof is still missing
done-waived = Waiver recorded
done-left-out = Set as not applicable
done-revoked = Decision taken back
done-queued = Measurement asked for
done-busy = It is being measured already
done-cancelled = Cancelled
done-scheduled = Schedule saved
done-fix-approved = Fix approved: its change records are kept
done-fix-revoked = Approval taken back
done-fix-restored = The approval stands again
this-server = this server
nothing = nothing
plan-nothing = Nothing can be changed by itself.
plan-more = { $n ->
    [one] One more line is in the file.
   *[other] { $n } more lines are in the file.
}
plan-left = { $n ->
    [one] Left out:
   *[other] Left out, { $n } fixes:
}
expires-on = expires on { $day }, in { $span }
expired-on = expired on { $day }
