"""The visit calendar: what is known of a patient around a claim, as lanes of marks, as a drawing, and as a table.

Everything here is pure: facts and decisions in, frozen dataclasses and text out. The drawing and the table are made of
the same marks, so that neither says what the other does not.
"""
