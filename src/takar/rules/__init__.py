"""What a regulation decides and needs no input or output: pure functions on frozen values, with their articles."""
