"""A new password by a code of the office: who asked, who agreed, and that the person hears of it."""
