"""How the words around a finding decide its status: negation, doubt, family, past, plan."""
