# Making certificates, sourced by the servers that show some. Everything is written into the current folder.
ca_conf=$LAB/certificates/ca.conf

# quietly COMMAND...: openssl talks even when all is well; what it said is kept for the day it is not.
quietly() { "$@" </dev/null >>openssl.log 2>&1 || fail "$* failed: $(tail -n 3 openssl.log)"; }
stamp() { date -u -d "$1" +%Y%m%d%H%M%SZ; }

# create_authority NAME SECTION OPTION...: older than any certificate below it, or the chain of one that ended would have
# two faults instead of the one that was planted.
create_authority() {
  local name=$1 section=$2
  shift 2
  touch "$name.index"
  quietly openssl req -newkey rsa:2048 -noenc -subj "/CN=Jalon lab $name" -keyout "$name.key" -out "$name.csr"
  quietly openssl ca -batch -notext -config "$ca_conf" "$@" -extensions "$section" \
    -startdate "$(stamp "-1000 days")" -enddate "$(stamp "+1000 days")" -in "$name.csr" -out "$name.pem"
}
create_root() { create_authority root root_authority -name root -selfsign; }
create_issuing() { create_authority issuing issuing_authority -name root; }
# Two on the way to the root instead of one.
create_upper() { create_authority upper upper_authority -name root; }
create_lower() { create_authority lower issuing_authority -name upper; }

# create_key FILE NAMES KIND: a key and a request; NAMES is a subjectAltName, the first DNS name in it the subject.
create_key() {
  local file=$1 names=$2 kind=$3 subject
  subject=${names%%,*}
  quietly openssl req -newkey "$kind" -noenc -subj "/CN=${subject#*:}" -addext "subjectAltName=$names" \
    -keyout "$file.key" -out "$file.csr"
}

# sign FILE FROM UNTIL OPTION...: FILE.pem out of FILE.csr, a server's unless EXTENSIONS names another section of ca.conf.
sign() {
  local file=$1 from until
  from=$(stamp "$2") until=$(stamp "$3")
  shift 3
  quietly openssl ca -batch -notext -config "$ca_conf" "$@" -extensions "${EXTENSIONS:-server}" \
    -startdate "$from" -enddate "$until" -in "$file.csr" -out "$file.pem"
}

# staple FILE: FILE.ocsp, what the issuing authority says of FILE.pem now.
staple() {
  quietly openssl ocsp -issuer issuing.pem -cert "$1.pem" -no_nonce -reqout "$1.ocsp-request"
  quietly openssl ocsp -index issuing.index -CA issuing.pem -rsigner issuing.pem -rkey issuing.key -ndays 7 \
    -reqin "$1.ocsp-request" -respout "$1.ocsp"
}
revoke() { quietly openssl ca -batch -config "$ca_conf" -name issuing -revoke "$1.pem"; }
