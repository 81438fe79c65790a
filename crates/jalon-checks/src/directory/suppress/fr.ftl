no-such-rule = aucune règle ne s’appelle « { $rule } » ; nommez-en une comme DIR-019, ou * pour toutes
no-dn = le nom distinctif est vide ; écrivez un motif comme "*,OU=Service,DC=contoso,DC=example"
no-reason = la raison est vide ; dites pourquoi c’est accepté
no-end = until manque : ce qui est accepté sans fin est oublié ; écrivez until = et une date
no-day = until n’est pas un jour ; écrivez une date seule, comme 2026-12-31
too-far = until est trop lointain ; écrivez au plus tard { $latest }
