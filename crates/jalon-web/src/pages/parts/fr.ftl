bad-choice = choisissez dans la liste
bad-date = écrivez une date comme 2026-11-20
needed = ce champ est nécessaire
needed-date = une date est nécessaire, comme 2026-11-20
owner = Responsable
due = Échéance
nobody = Personne
save = Enregistrer
cancel = Annuler
stale = Quelqu’un a modifié ceci entre-temps :
stale-act = Enregistrez à nouveau pour garder votre saisie.
expected = Attendu
observed = Observé
accepted-until = Dérogé jusqu’au
done-assigned = Responsable et échéance enregistrés
done-submitted = Fichier remis : quelqu’un doit l’approuver
done-approved = Approbation enregistrée
done-refused = Refus enregistré
done-claimed = Déclarée faite : la preuve manque encore
done-waived = Dérogation enregistrée
done-left-out = Écartée comme non applicable
done-revoked = Décision retirée
done-queued = Mesure demandée
done-busy = La mesure est déjà en cours
done-cancelled = Annulé
done-scheduled = Planification enregistrée
done-fix-approved = Correctif approuvé : ses modifications sont conservées
done-fix-revoked = Approbation retirée
done-fix-restored = L’approbation tient à nouveau
this-server = ce serveur
nothing = rien
plan-nothing = Rien ne peut être changé tel quel.
plan-more = { $n ->
    [one] Une ligne de plus est dans le fichier.
   *[other] { $n } lignes de plus sont dans le fichier.
}
plan-left = { $n ->
    [one] Laissé de côté :
   *[other] Laissés de côté, { $n } correctifs :
}
expires-on = expire le { $day }, dans { $span }
expired-on = expiré le { $day }
