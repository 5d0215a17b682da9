"""X12 for the intake: reads an 837P (005010X222A1), writes TA1, 999 (005010X231A1) and 277CA (005010X214).

Pure: no database, no clock, no settings. A caller with a database uses it like this (N is a number from a sequence):

    reading = read_file(content)                                   # reading.py; never raises
    for interchange in reading.interchanges:                       # readings.InterchangeReading
        note = "025" if seen_before(interchange.sender, interchange.control_number) else None
        outcomes, icns = [], {}
        for transaction in [] if note else interchange.readable_sets():      # readings.SetReading
            claims = []
            for claim in read_claims(transaction):                 # reading.ClaimReading, one at a time
                if claim.is_accepted:                              # claim.submission: claim_837p.ClaimSubmission
                    icns[claim.position] = store(claim.submission)
                claims.append(outcome_of(claim))                   # outcomes.ClaimOutcome: small, may be kept
            outcomes.append(SetOutcome(transaction, claims))
        if not interchange.is_acknowledgement and (note or interchange.needs_ta1):
            send(write_ta1(interchange, identity, N, now, note))
        if not note and interchange.needs_999:
            send(write_999(interchange, outcomes, identity, N, now))
        if any(outcome.claims for outcome in outcomes):
            send(write_277ca(interchange, outcomes, icns, identity, N, now, received_on))
    account = account_of(reading, outcomes_of_all_interchanges)    # words.Account, for the screen

`ClaimReading.position` and `ClaimOutcome.position` number the claims of a file from 1 in file order, refused ones
included. A refused claim carries its `findings.GatewayFinding`s; those of a set that cannot be read are in
`SetReading.findings`. `reading.problems` says in words what was no interchange at all.
"""
