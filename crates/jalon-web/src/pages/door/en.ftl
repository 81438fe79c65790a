sign-in = Sign in
email = E-mail
password = Password
continue = Continue
invited = Invited by a link? Open it from the message, no password is asked.
wrong = Wrong address or password.
tries-left = { $n ->
    [one] One more try before a { $minutes } minute pause.
   *[other] { $n } more tries before a { $minutes } minute pause.
}
paused = Too many tries.
paused-until = You can try again in { $span }.
ended = Your session has ended. Sign in to go on.
signed-out = You are signed out.
set-up = First set-up
set-up-link = { $n ->
    [one] You opened the link printed at start. It works once and expires in a minute.
   *[other] You opened the link printed at start. It works once and expires in { $n } minutes.
}
step-account = Your account
step-engagement = First engagement
name = Name
language = Language
password-hint = At least 14 characters. A sentence does well.
create-account = Create the account
this-server = This server: { $store }, version { $version }.
backup = Backup is one command:
link-over = This link is over
link-over-why = It works once, and for an hour. Start the server again: it prints a fresh one as long as there is no account.
reference = Reference for your administrator:
try-again = Try again
start-page = Start page
join = Welcome, { $name }: choose a password
