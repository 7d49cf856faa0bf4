"""What is kept about a person: told to that person, with who read it; put right on request (UU 27/2022)."""
