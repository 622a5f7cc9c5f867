"""The trainers' atelier: fictitious people as files, their scenarios, what parts them."""

# No number here is of the law: sizes of files and of addresses, letters of a name.
