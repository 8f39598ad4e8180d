# Written with the install rules of the library.
