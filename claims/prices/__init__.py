"""What a visit pays: any visit code at any ZIP on any day, by the pricing that decides claims. Nobody's data."""
