"""What people decide about claims: exceptions, the second person's approval, holds by hand, release."""
