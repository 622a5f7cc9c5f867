"""What is stored about the movements: campaigns given here, moved deadlines, own notes."""
